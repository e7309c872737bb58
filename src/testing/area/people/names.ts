// Names as they are given in the communities of a northern English area. Common names stand early and are drawn more often.

export interface Community {
  readonly id: string
  readonly language: string
  /** A code of the school census. */
  readonly ethnicity: string
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly families: readonly string[]
  /** How a wife or daughter's family name differs from the father's, where it does. */
  readonly daughter?: (family: string) => string
  /** How children are named after their father where family names are not passed on. */
  readonly patronymic?: boolean
}

const list = (text: string): readonly string[] => text.trim().split(/\s*,\s*/)

export const COMMUNITIES: readonly Community[] = [
  {
    id: 'english',
    language: 'English',
    ethnicity: 'WBRI',
    girls:
      list(`Olivia, Amelia, Isla, Ava, Ivy, Freya, Lily, Florence, Mia, Willow, Rosie, Sophia, Isabella, Grace, Daisy, Poppy, Emily, Ella, Evie, Elsie, Charlotte, Phoebe, Sienna, Alice, Ruby,
      Millie, Matilda, Harper, Maisie, Erin, Chloe, Jessica, Lottie, Bonnie, Orla, Thea, Lola, Esme, Robyn, Skye, Kayleigh, Chelsea, Jade, Paige, Leah, Megan, Bethany, Georgia, Summer, Scarlett,
      Abigail, Hannah, Molly, Lexi, Faith, Heidi, Martha, Nancy, Connie, Edith, Mabel, Harriet, Zoe, Tia, Keira, Demi, Shannon, Courtney, Lauren, Rebecca, Sarah, Emma, Laura, Gemma, Kelly, Claire, Rachel,
      Nicola, Michelle, Lisa, Samantha, Joanne, Karen, Julie, Tracey, Donna, Amanda, Susan, Linda, Janet, Christine, Margaret, Elizabeth, Victoria, Stephanie, Natalie, Danielle, Stacey, Hayley, Kirsty, Katie`),
    boys: list(`Noah, Oliver, George, Arthur, Leo, Harry, Oscar, Archie, Henry, Theodore, Freddie, Jack, Charlie, Alfie, Jacob, Thomas, Finley, Tommy, William, Albie, Roman, Reggie, Joshua, Edward,
      Max, Isaac, Logan, Lucas, Daniel, Teddy, Harrison, Joseph, Alexander, Sonny, Louie, Toby, Ronnie, Jude, Rory, Jaxon, Riley, Jayden, Kai, Tyler, Kian, Callum, Connor, Kyle, Ryan, Lewis, Luke,
      Nathan, Liam, Ethan, Cameron, Dylan, Bradley, Owen, Ben, Samuel, Adam, Matthew, James, Jamie, Aaron, Reece, Declan, Corey, Brandon, Shane, Lee, Craig, Darren, Wayne, Gary, Dean, Carl, Stuart, Paul,
      Mark, David, Andrew, Stephen, Simon, Kevin, Neil, Ian, Anthony, Robert, John, Michael, Peter, Christopher, Richard, Philip, Jason, Scott, Gareth, Barry, Keith`),
    families:
      list(`Smith, Jones, Taylor, Brown, Wilson, Johnson, Walker, Wright, Robinson, Thompson, White, Hughes, Edwards, Green, Hall, Wood, Harris, Clarke, Jackson, Clark, Turner, Hill, Cooper, Ward, Moore,
      Morris, King, Harrison, Baker, Morgan, Allen, Watson, Parker, Bennett, Young, Cook, Richardson, Carter, Shaw, Mitchell, Bailey, Collins, Bell, Murphy, Miller, Cox, Marshall, Simpson, Webb, Barker,
      Holmes, Mills, Palmer, Knight, Lloyd, Butler, Fletcher, Rogers, Stevens, Jenkins, Barnes, Booth, Holland, Hudson, Pearson, Dixon, Gibson, Burton, Ellis, Mason, Hunt, Rose, Stone, Howard, Atkinson,
      Armitage, Haigh, Sykes, Beaumont, Hirst, Crowther, Dyson, Greenwood, Sutcliffe, Ackroyd, Butterworth, Ramsden, Thornton, Whiteley, Brook, Lockwood, Firth, Naylor, Boothroyd, Hinchliffe, Kaye, Hartley,
      Horsfall, Barraclough, Midgley, Illingworth, Denby, Ogden, Schofield, Helliwell, Stead, Wadsworth, Priestley, Clegg, Riley, Feather, Jowett, Rushworth, Holroyd, Whitaker, Bairstow, Pickles, Murgatroyd`),
  },
  {
    id: 'irish',
    language: 'English',
    ethnicity: 'WIRI',
    girls: list(
      'Aoife, Saoirse, Niamh, Ciara, Caoimhe, Sinead, Aisling, Grainne, Maeve, Roisin, Eimear, Orlaith, Clodagh, Bridget, Siobhan, Fionnuala, Mary, Kathleen, Nora, Una',
    ),
    boys: list(
      'Conor, Sean, Cian, Oisin, Patrick, Darragh, Eoin, Fionn, Tadhg, Cillian, Padraig, Brendan, Declan, Finbar, Kevin, Dermot, Liam, Ruairi, Donal, Michael',
    ),
    families: list(
      "Murphy, Kelly, O'Sullivan, Walsh, O'Brien, Byrne, Ryan, O'Connor, O'Neill, Doyle, McCarthy, Gallagher, Doherty, Kennedy, Lynch, Quinn, McLoughlin, Carroll, Connolly, Daly, O'Driscoll, Flanagan, Donoghue, Ward, McDonagh, Maughan, Joyce",
    ),
  },
  {
    id: 'pakistani',
    language: 'Urdu',
    ethnicity: 'APKN',
    girls:
      list(`Aisha, Fatima, Maryam, Zainab, Amina, Khadija, Hafsa, Aaliyah, Sumayyah, Iqra, Noor, Zara, Sana, Sadia, Nadia, Rabia, Hira, Mahnoor, Anaya, Inaya, Eshal, Ayesha, Bushra, Nasreen, Shazia,
      Rukhsana, Tahira, Samina, Farzana, Naheed, Parveen, Yasmin, Saima, Uzma, Rubina, Kiran, Mehwish, Aqsa, Alina, Safa`),
    boys: list(`Muhammad, Mohammed, Ali, Hamza, Ibrahim, Yusuf, Zain, Hassan, Hussain, Umar, Bilal, Usman, Adam, Haris, Ayaan, Zayn, Abdullah, Ismail, Musa, Haroon, Imran, Tariq, Nadeem, Asif, Kashif, Shahid,
      Rashid, Khalid, Javed, Arshad, Naveed, Waqas, Faisal, Adil, Sajid, Zeeshan, Saif, Rayyan, Eesa, Danyal`),
    families: list(
      'Khan, Hussain, Ahmed, Ali, Akhtar, Mahmood, Iqbal, Begum, Malik, Shah, Mirza, Bashir, Rafiq, Aslam, Butt, Chaudhry, Raja, Qureshi, Sheikh, Rehman, Yousaf, Zaman, Saleem, Riaz, Hanif, Anwar, Aziz, Sharif, Latif, Majid, Nawaz, Akram, Farooq, Younis, Siddique',
    ),
  },
  {
    id: 'gujarati',
    language: 'Gujarati',
    ethnicity: 'AIND',
    girls: list(
      'Priya, Anjali, Diya, Aarya, Ishani, Riya, Nisha, Kavita, Hetal, Jyoti, Meera, Pooja, Rekha, Sejal, Trupti, Urvi, Zarna, Safiya, Ruqayya, Fatema, Sakina, Aaliya',
    ),
    boys: list(
      'Aarav, Arjun, Dev, Rohan, Krish, Jay, Nikhil, Amit, Hitesh, Jignesh, Mahesh, Rakesh, Sanjay, Vijay, Yash, Mohammed, Ebrahim, Yakub, Ismail, Suleman, Iqbal, Farook',
    ),
    families: list(
      'Patel, Desai, Shah, Mistry, Parmar, Chauhan, Solanki, Joshi, Mehta, Trivedi, Bhatt, Lad, Vora, Mulla, Sidat, Munshi, Bham, Seedat, Kazi',
    ),
  },
  {
    id: 'punjabi',
    language: 'Punjabi',
    ethnicity: 'AIND',
    girls: list(
      'Simran, Jasleen, Harpreet, Gurpreet, Manpreet, Navjot, Kiran, Jaspreet, Rajinder, Sukhvinder, Amrit, Baljit, Kuldip, Manjit, Parminder, Anmol, Asees, Mehar',
    ),
    boys: list(
      'Arjan, Gurpreet, Harjit, Jasdeep, Manveer, Sukhdeep, Amandeep, Balraj, Daljit, Fateh, Gurdev, Harvinder, Jagdish, Karanveer, Mandeep, Nirmal, Paramjit, Rajvir',
    ),
    families: list(
      'Singh, Kaur, Gill, Dhillon, Sandhu, Sidhu, Bains, Grewal, Johal, Mann, Rai, Sahota, Virk, Atwal, Chahal, Purewal, Uppal',
    ),
    daughter: (family) => (family === 'Singh' ? 'Kaur' : family),
  },
  {
    id: 'bangladeshi',
    language: 'Bengali',
    ethnicity: 'ABAN',
    girls: list(
      'Nusrat, Tasnim, Sumaiya, Farhana, Sharmin, Rumana, Shahida, Jannat, Labiba, Maisha, Nafisa, Rahima, Sultana, Tahmina, Momena, Ruksana, Afia, Mim, Halima, Fahmida',
    ),
    boys: list(
      'Tahmid, Rafi, Sakib, Tanvir, Shahin, Mizan, Nazrul, Abdul, Kamal, Jamal, Rahim, Shafiq, Habib, Fahim, Nabil, Rayhan, Sohel, Mahin, Ashraf, Zubair',
    ),
    families: list(
      'Begum, Miah, Uddin, Rahman, Islam, Hoque, Chowdhury, Ali, Ahmed, Khatun, Hossain, Alam, Choudhury, Bibi, Khanom, Akhter, Sarker, Talukdar',
    ),
  },
  {
    id: 'polish',
    language: 'Polish',
    ethnicity: 'WOTH',
    girls: list(
      'Zuzanna, Julia, Maja, Hanna, Lena, Oliwia, Wiktoria, Aleksandra, Natalia, Zofia, Amelia, Nikola, Agnieszka, Katarzyna, Małgorzata, Joanna, Ewa, Monika, Magdalena, Beata, Dorota, Kinga',
    ),
    boys: list(
      'Jakub, Szymon, Filip, Kacper, Michał, Mateusz, Antoni, Jan, Wojciech, Bartosz, Oskar, Dawid, Piotr, Krzysztof, Tomasz, Paweł, Marcin, Grzegorz, Łukasz, Sławomir, Zbigniew, Kamil',
    ),
    families: list(
      'Nowak, Kowalski, Wiśniewski, Wójcik, Kowalczyk, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak, Dąbrowski, Kozłowski, Jankowski, Mazur, Krawczyk, Piotrowski, Grabowski, Pawłowski, Król, Wróbel, Stępień, Górski',
    ),
    daughter: (family) => family.replace(/(s|c|dz)ki$/, '$1ka'),
  },
  {
    id: 'romanian',
    language: 'Romanian',
    ethnicity: 'WOTH',
    girls: list(
      'Maria, Andreea, Ioana, Elena, Alexandra, Ana, Daria, Sofia, Bianca, Denisa, Gabriela, Mihaela, Cristina, Florentina, Ștefania, Larisa, Roxana, Mădălina',
    ),
    boys: list(
      'Andrei, Alexandru, Ștefan, Mihai, Ionuț, David, Gabriel, Luca, Matei, Cristian, Florin, Marius, Răzvan, Vasile, Costel, Robert, Denis, Ioan',
    ),
    families: list(
      'Popescu, Ionescu, Popa, Dumitru, Stan, Stoica, Gheorghe, Rusu, Munteanu, Matei, Constantin, Marin, Lăcătuș, Ciobanu, Moldovan, Florea, Radu, Șerban',
    ),
  },
  {
    id: 'roma',
    language: 'Slovak',
    ethnicity: 'WROM',
    girls: list(
      'Vanesa, Denisa, Kristína, Nikola, Sabina, Anna, Mária, Jana, Zuzana, Eva, Veronika, Patrícia, Simona, Renáta',
    ),
    boys: list('Dávid, Patrik, Dominik, Jozef, Marek, Peter, Ján, Milan, Róbert, Erik, Kevin, Tibor, Roman, Štefan'),
    families: list(
      'Horváth, Balog, Lakatoš, Žiga, Gábor, Pačan, Kandráč, Mirga, Oláh, Tancoš, Bandy, Conka, Dunka, Šarišský',
    ),
    daughter: (family) =>
      family.endsWith('ý') ? `${family.slice(0, -1)}á` : /[aey]$/.test(family) ? family : `${family}ová`,
  },
  {
    id: 'nigerian',
    language: 'Yoruba',
    ethnicity: 'BAFR',
    girls: list(
      'Blessing, Chioma, Oluwaseun, Temitope, Adaeze, Ngozi, Folake, Ifeoma, Precious, Favour, Toluwani, Amarachi, Simisola, Yetunde, Chiamaka, Esther, Grace, Ebele',
    ),
    boys: list(
      'Emeka, Oluwadamilola, Chinedu, Tunde, Babatunde, Kelechi, Obinna, Segun, Femi, Ikenna, David, Samuel, Emmanuel, Kayode, Uche, Damilare, Chukwuemeka, Ayo',
    ),
    families: list(
      'Okafor, Adeyemi, Okonkwo, Balogun, Eze, Adebayo, Nwosu, Ogunleye, Obi, Akinola, Chukwu, Oyelaran, Okoro, Afolabi, Ibrahim, Onyeka, Olawale, Umeh, Bello',
    ),
  },
  {
    id: 'somali',
    language: 'Somali',
    ethnicity: 'BAFR',
    girls: list(
      'Hodan, Sagal, Ifrah, Ayaan, Fadumo, Hibaaq, Sahra, Nasteho, Ubah, Asha, Halimo, Idil, Maryan, Khadra, Fartun, Deqa',
    ),
    boys: list(
      'Abdi, Mahad, Liban, Guled, Abdirahman, Mohamud, Yahye, Ismahil, Warsame, Farah, Jama, Bashir, Abshir, Hassan, Nuur, Zakariye',
    ),
    families: list(
      'Mohamed, Abdi, Hassan, Ali, Ahmed, Warsame, Farah, Jama, Osman, Nur, Yusuf, Omar, Hussein, Abdullahi, Ibrahim, Adan, Guled, Elmi',
    ),
    patronymic: true,
  },
  {
    id: 'caribbean',
    language: 'English',
    ethnicity: 'BCRB',
    girls: list(
      'Shanice, Tianna, Aaliyah, Kezia, Renee, Monique, Jada, Sharna, Tamara, Naomi, Simone, Latoya, Marcia, Beverley, Yvonne, Sonia, Denise, Paulette',
    ),
    boys: list(
      'Jermaine, Tyrone, Marlon, Dwayne, Leroy, Curtis, Jahmal, Kieron, Tyrell, Isaiah, Malachi, Josiah, Delroy, Winston, Trevor, Errol, Clive, Devon',
    ),
    families: list(
      'Campbell, Brown, Williams, Clarke, Gordon, Grant, Reid, Francis, Thompson, Lewis, Henry, Morgan, Edwards, Samuels, Bailey, Douglas, Wallace, Powell, Blake, Pinnock',
    ),
  },
  {
    id: 'kurdish',
    language: 'Kurdish',
    ethnicity: 'OOTH',
    girls: list('Shilan, Nazdar, Tara, Jwan, Lana, Hêvî, Rojîn, Zilan, Shno, Sazan, Darya, Berivan, Avin, Narin'),
    boys: list('Aram, Rebin, Karwan, Soran, Hiwa, Dilan, Azad, Goran, Rebaz, Shwan, Baran, Kawa, Zana, Hawre'),
    families: list(
      'Hassan, Rashid, Karim, Salih, Aziz, Mahmoud, Hama, Qadir, Rasul, Sabir, Omer, Faraj, Ismael, Tofiq, Barzani',
    ),
    patronymic: true,
  },
  {
    id: 'arabic',
    language: 'Arabic',
    ethnicity: 'OOTH',
    girls: list('Layla, Rahaf, Salma, Huda, Rana, Dima, Farah, Mariam, Nour, Reem, Sara, Hala, Lubna, Abeer, Ghada'),
    boys: list(
      'Omar, Khaled, Youssef, Anas, Mahmoud, Kareem, Tarek, Samir, Fadi, Hadi, Nasser, Walid, Amir, Bassam, Ziad',
    ),
    families: list(
      'Al-Hassan, Haddad, Khalil, Mansour, Saleh, Nasser, Al-Ahmad, Darwish, Khoury, Hamdan, Abu Zaid, Ibrahim, Al-Masri, Suleiman, Shaheen',
    ),
  },
  {
    id: 'chinese',
    language: 'Cantonese',
    ethnicity: 'CHNE',
    girls: list(
      'Mei Ling, Xin Yi, Hoi Yan, Siu Ming, Wai Yee, Grace, Jessica, Ka Yan, Lok Yiu, Vivian, Emily, Tsz Ching',
    ),
    boys: list('Ka Ho, Chun Hei, Wai Kit, Jun, Wei, Jason, Kevin, Ho Yin, Tsz Hin, Kwok Wah, Lok Hei, Ming'),
    families: list('Chan, Wong, Li, Cheung, Lam, Ng, Chen, Ho, Leung, Yeung, Wang, Zhang, Lau, Tang'),
  },
]
