/** Invented people: common given and family names of California schools, with the accents and apostrophes that files get wrong. */
export const FIRST = (
  'Aaliyah Abel Adriana Aiden Alejandra Alice Amara Amir Ana Andrés Anh Anjali Ariana Arjun Aurora Ava Beatriz Benjamin Bianca Bruno Camila ' +
  'Carlos Chloe Daniela David Diego Elena Eli Emilia Esteban Ethan Eva Fatima Felix Gabriel Grace Hana Hugo Imani Isaac Isabel Itzel Jade Jamal ' +
  'Javier Joaquín José Julia Kai Kenji Khalil Lana Layla Leo Leilani Lucía Luis Malik Marisol Mateo Maya Mei Miguel Mila Minh Nadia Naomi Nia ' +
  'Noah Olivia Omar Oscar Paloma Priya Quinn Rafael Ramón Renata Rosa Ruby Sage Samir Santiago Sara Sofía Tala Thao Theo Tomás Valeria Victor ' +
  'Viviana Wei Xavier Ximena Yara Yusuf Zachary Zoe'
).split(' ')

export const LAST = (
  "Aguilar Ahmed Alvarez Anderson Baker Banerjee Barrera Bautista Begay Brooks Bui Cabrera Campos Carter Castañeda Castillo Chan Chavez Chen Cho Cruz D'Angelo " +
  'Davis Delgado Diaz Dominguez Edwards Espinoza Estrada Fernandez Fisher Flores Foster Garcia Gomez Gonzales Green Gupta Gutierrez Hall Harris ' +
  'Hernandez Hoang Huang Ibarra Iyer Jackson Johnson Kaur Khan Kim Lam Lee Lewis Li Liu Lopez Luna Martinez Mendoza Miller Mitchell Molina Montgomery-Reyes Moore Morales Muñoz Murphy ' +
  "Navarro Nelson Nguyen Núñez O'Brien O'Connor Ochoa Okafor Orozco Ortiz Osei Padilla Park Patel Peña Perez Phillips Quiñones Ramirez Reed Reyes Rios Rivera " +
  'Robinson Rodriguez Rojas Romero Ruiz Sanchez Sandoval Santos Sato Shah Silva Singh Smith Soto Suzuki Takahashi Taylor Thompson Torres Tran Trujillo Valdez Vang ' +
  'Vargas Vasquez Vega Vu Walker Wang Washington White Williams Wong Wright Xiong Yang Young Zamora Zhang'
).split(' ')
